/** Longer addresses are refused. */
export const LONGEST_URL = 2000;

/** Parameters that tell where a reader came from, not what is read. */
const tracking =
	/^(utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|vero_id|oly_anon_id|oly_enc_id|_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking|ref_src|ref_url|_ga|_gl|s_cid|cmpid|ncid|wt_mc|wt\.mc_id|at_medium|at_campaign|phpsessid|jsessionid|spm|scm|guccounter|guce_referrer\w*)$/i;

/** The same on some hosts only. */
const trackingAt: [RegExp, RegExp][] = [
	[/(^|\.)(youtube\.com|youtu\.be|spotify\.com)$/, /^(si|feature|pp|ab_channel)$/],
	[/(^|\.)(twitter\.com|x\.com)$/, /^(s|t)$/],
	[/(^|\.)linkedin\.com$/, /^(trk|trackingid|lipi)$/i],
	[/(^|\.)amazon\.[a-z.]+$/, /^(ref|ref_|tag|pf_rd_\w+|pd_rd_\w+|qid|sr|keywords)$/i]
];

/**
 * An address as somebody wrote it: "example.org/a" means https.
 * @returns undefined for what is no address of a web page
 */
export function parseUrl(text: string): URL | undefined {
	const trimmed = text.trim();
	if (trimmed.length > LONGEST_URL || /\s/.test(trimmed)) return undefined;
	const full =
		/^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[\w.-]+:\d+(\/|$)/.test(trimmed) ? trimmed : `https://${trimmed}`;
	if (!URL.canParse(full)) return undefined;
	const url = new URL(full);
	const isHost = url.hostname.includes('.') || url.hostname.startsWith('[') || /^https?:/i.test(trimmed);
	if (!/^https?:$/.test(url.protocol) || url.username || url.password || !isHost) return undefined;
	return url;
}

/** An address as it is opened: what was given, less what follows readers about. */
export function cleanUrl(given: URL): string {
	const url = new URL(given);
	const host = url.hostname.toLowerCase();
	const isTracking = (name: string) =>
		tracking.test(name) || trackingAt.some(([at, names]) => at.test(host) && names.test(name));
	for (const name of [...url.searchParams.keys()]) if (isTracking(name)) url.searchParams.delete(name);
	if (url.searchParams.size === 0) url.search = '';
	if (/^#(:~:|$|utm_|xtor=)/.test(url.hash)) url.hash = '';
	return url.href;
}

/**
 * What all spellings of one address have in common: no scheme, no `www.`, no tracking, no
 * fragment (unless it is the place within an application), parameters in order.
 * @example urlKey(new URL('https://www.example.org/a/?utm_source=x&b=2&a=1#top')) // 'example.org/a?a=1&b=2'
 */
export function urlKey(given: URL): string {
	const url = new URL(cleanUrl(expandShort(given)));
	const host = url.hostname
		.toLowerCase()
		.replace(/^www\d?\./, '')
		.replace(/\.$/, '');
	const port = url.port && !['80', '443'].includes(url.port) ? `:${url.port}` : '';
	const path = sameEscapes(url.pathname)
		.replace(/;jsessionid=[^/]*$/i, '')
		.replace(/\/(index|default)\.(html?|php|aspx?)$/i, '/')
		.replace(/\/+$/, '');
	url.searchParams.sort();
	const place = /^#(!|\/)/.test(url.hash) ? url.hash : '';
	return `${host}${port}${path}${sameEscapes(url.search)}${place}`;
}

/** A film has two addresses of one owner. */
function expandShort(url: URL): URL {
	if (url.hostname !== 'youtu.be' || url.pathname.length < 2) return url;
	const full = new URL('https://www.youtube.com/watch');
	full.searchParams.set('v', url.pathname.slice(1));
	for (const [name, value] of url.searchParams) full.searchParams.append(name, value);
	return full;
}

/** `%7E` and `~` are the same, and so are `%2f` and `%2F` (RFC 3986, 6.2.2). */
const sameEscapes = (text: string) =>
	text.replace(/%[0-9a-f]{2}/gi, (escape) => {
		const letter = String.fromCharCode(parseInt(escape.slice(1), 16));
		return /[A-Za-z0-9\-._~]/.test(letter) ? letter : escape.toUpperCase();
	});

/** The site of an address, as people say it. */
export const siteOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url);
