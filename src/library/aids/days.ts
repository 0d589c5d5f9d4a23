/** A date such as 2027-03-31 in the words of the reader: a day is the same everywhere. */
export const dayOf = (date: string, language: string): string =>
	new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
