/** The value of a cookie in the header as it came: for the few that are read before there is an event. */
export function cookieOf(header: string, name: string): string | undefined {
	for (const pair of header.split(';')) {
		const at = pair.indexOf('=');
		if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
	}
	return undefined;
}
