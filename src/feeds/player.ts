import type { Media } from './feed.ts';

/** Sound or film that can be played beside an entry, from its source. Nothing is asked of that before somebody wants it. */
export interface Player {
	kind: 'audio' | 'video' | 'frame';
	src: string;
	/** Who learns that somebody plays it. */
	host: string;
	/** Null where it is not told. */
	minutes: number | null;
	/** The same at its source. */
	href: string;
}

const FILM = /^[\w-]{6,20}$/;

/** What an entry holds to be played, a film of YouTube included. */
export function playersOf({ url, media }: { url: string; media: Media[] }): Player[] {
	const film = filmOf(url);
	const own = media.filter(({ url: address }) => filmOf(address) === undefined).map(playerOf);
	return film ? [film, ...own] : own;
}

const playerOf = ({ url, type, seconds }: Media): Player => ({
	...{ kind: type.startsWith('audio/') ? 'audio' : 'video', src: url, host: new URL(url).hostname, href: url },
	minutes: seconds === null ? null : Math.ceil(seconds / 60)
});

/** A film of YouTube, from the address of its makers that sets no cookies. */
function filmOf(address: string): Player | undefined {
	if (!URL.canParse(address)) return undefined;
	const { hostname, pathname, searchParams } = new URL(address);
	const host = hostname.replace(/^(www|m)\./, '');
	const [, first = '', second = ''] = pathname.split('/');
	const id =
		host === 'youtu.be'
			? first
			: host !== 'youtube.com'
				? ''
				: first === 'watch'
					? (searchParams.get('v') ?? '')
					: ['shorts', 'live', 'embed'].includes(first)
						? second
						: '';
	if (!FILM.test(id)) return undefined;
	const src = `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`;
	return { kind: 'frame', src, host: 'YouTube', minutes: null, href: address };
}
