/** "12 March 2030". @param day `2030-03-12` */
export function dayInWords(day: string, language = 'en'): string {
	const locale = language.startsWith('en-') ? language : 'en-GB';
	const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
	return format.format(new Date(`${day}T00:00:00Z`));
}
