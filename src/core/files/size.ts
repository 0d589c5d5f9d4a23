const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** A size as people say it: `1.4 GB`. */
export function inWords(bytes: number): string {
	const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
	const value = bytes / 1024 ** step;
	return `${value < 10 && step > 1 ? Math.round(value * 10) / 10 : Math.round(value)} ${units[step]}`;
}
