/** "12 March 2030", in the way of writing that somebody chose; the words around it are English. */
export function dayInWords(day: string, language = 'en'): string {
	const locale = language.startsWith('en-') ? language : 'en-GB';
	return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
