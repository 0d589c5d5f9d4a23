/** Where a recording comes from. */
export const sources = ['screen', 'camera', 'voice'] as const;
export type Source = (typeof sources)[number];

/** A finished recording, and which stretch of it is to be shown. */
export interface Recording {
	file: File;
	seconds: number;
	starts?: number;
	ends?: number;
}

/** Nothing that a colleague is asked to watch is longer. */
export const LONGEST = 15 * 60;

const kinds = {
	film: ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
	sound: ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4']
};

/** The kind of recording this browser can make. */
export const kindFor = (source: Source): string | undefined =>
	kinds[source === 'voice' ? 'sound' : 'film'].find((kind) => MediaRecorder.isTypeSupported(kind));

/** `screen-2026-05-04-1432.webm` */
export function nameFor(source: Source, kind: string, at = new Date()): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
	const sound = source === 'voice';
	const ending = kind.includes('mp4') ? (sound ? 'm4a' : 'mp4') : sound ? 'weba' : 'webm';
	return `${source}-${day}-${two(at.getHours())}${two(at.getMinutes())}.${ending}`;
}

/** Asks the person, through the browser, for what is to be recorded. */
export async function openSource(source: Source): Promise<MediaStream> {
	const { mediaDevices } = navigator;
	if (source === 'voice') return mediaDevices.getUserMedia({ audio: true });
	if (source === 'camera')
		return mediaDevices.getUserMedia({ audio: true, video: { width: { ideal: 1280 }, facingMode: 'user' } });
	const screen = await mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 15 } }, audio: true });
	// What is said over it; without a microphone the pictures speak alone.
	const voice = await mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
	const sound = voice?.getAudioTracks() ?? screen.getAudioTracks();
	return new MediaStream([...screen.getVideoTracks(), ...sound]);
}

/** Why nothing can be recorded, in a sentence. */
export function whyNot(error: unknown, source: Source): string {
	const { name } = error as DOMException;
	const what = { screen: 'screen', camera: 'camera', voice: 'microphone' }[source];
	if (name === 'NotAllowedError')
		return `Your browser may not use the ${what}. Allow it beside the address, then try again.`;
	if (name === 'NotFoundError') return `This device has no ${what}.`;
	if (name === 'NotReadableError') return `Another program uses the ${what}. Close it, then try again.`;
	return `The ${what} cannot be recorded here.`;
}
