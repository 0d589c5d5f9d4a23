/** Languages to choose from, each by its own name, as its people look for it. */
export const languages = [
	{ value: 'cs', label: 'Čeština' },
	{ value: 'da', label: 'Dansk' },
	{ value: 'de', label: 'Deutsch' },
	{ value: 'en', label: 'English (United States)' },
	{ value: 'en-GB', label: 'English (United Kingdom)' },
	{ value: 'es', label: 'Español' },
	{ value: 'fr', label: 'Français' },
	{ value: 'it', label: 'Italiano' },
	{ value: 'nl', label: 'Nederlands' },
	{ value: 'nb', label: 'Norsk' },
	{ value: 'pl', label: 'Polski' },
	{ value: 'pt', label: 'Português (Brasil)' },
	{ value: 'pt-PT', label: 'Português (Portugal)' },
	{ value: 'fi', label: 'Suomi' },
	{ value: 'sv', label: 'Svenska' },
	{ value: 'tr', label: 'Türkçe' },
	{ value: 'uk', label: 'Українська' },
	{ value: 'ja', label: '日本語' },
	{ value: 'zh', label: '中文' },
	{ value: 'ko', label: '한국어' }
] as const;

export const languageCodes = languages.map(({ value }) => value);
