/** What the browser can tell of a film or a sound before it is sent. */
export interface Seen {
	seconds?: number;
	/** A JPEG of one of its pictures, as a data address. */
	poster?: string;
}

const WIDTH = 640;
/** Some films cannot be moved about in, and some browsers cannot show a film at all. */
const PATIENCE = 8_000;
/** A form takes no larger one. */
const LARGEST = 180_000;

/** Looks at a film or sound that somebody has chosen. Never fails: what cannot be told is left out. */
export async function lookAt(file: File): Promise<Seen> {
	const player = document.createElement('video');
	const address = URL.createObjectURL(file);
	const seen: Seen = {};
	try {
		Object.assign(player, { muted: true, playsInline: true, preload: 'auto' });
		player.src = address;
		await once(player, 'loadeddata');
		if (Number.isFinite(player.duration)) seen.seconds = player.duration;
		if (player.videoWidth > 0) {
			// The first picture is often black.
			await moveTo(player, Math.min(3, (seen.seconds ?? 1) / 3));
			seen.poster = draw(player);
		}
	} catch {
		// What was seen so far is all there is.
	} finally {
		URL.revokeObjectURL(address);
		player.removeAttribute('src');
	}
	return seen;
}

function moveTo(player: HTMLVideoElement, seconds: number): Promise<void> {
	const moved = once(player, 'seeked');
	player.currentTime = seconds;
	return moved;
}

function draw(player: HTMLVideoElement): string | undefined {
	const canvas = document.createElement('canvas');
	const scale = Math.min(1, WIDTH / Math.max(player.videoWidth, player.videoHeight));
	canvas.width = Math.round(player.videoWidth * scale);
	canvas.height = Math.round(player.videoHeight * scale);
	canvas.getContext('2d')?.drawImage(player, 0, 0, canvas.width, canvas.height);
	return [0.8, 0.5].map((quality) => canvas.toDataURL('image/jpeg', quality)).find((url) => fits(url));
}

const fits = (address: string) => address.startsWith('data:image/jpeg;') && address.length < LARGEST;

function once(player: HTMLVideoElement, name: string): Promise<void> {
	return new Promise((done, fail) => {
		const timer = setTimeout(fail, PATIENCE);
		player.addEventListener(name, () => (clearTimeout(timer), done()), { once: true });
		player.addEventListener('error', () => (clearTimeout(timer), fail()), { once: true });
	});
}
