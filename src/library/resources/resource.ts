import type { ItemView } from '#src/core/items/post.ts';

/** How a resource is shown: played, looked at, read as text, or only downloaded. */
export const medias = ['video', 'audio', 'image', 'document', 'file'] as const;
export type Media = (typeof medias)[number];

export interface ResourceFile {
	id: string;
	name: string;
	mime: string;
	bytes: number;
	/** Where it is served. */
	url: string;
	width: number | null;
	height: number | null;
}

/** A stretch of what is said, beginning at so many seconds. */
export interface Said {
	at: number;
	text: string;
}
export interface Chapter {
	seconds: number;
	title: string;
}
/** Something to take away, and where in the resource it is. */
export interface KeyPoint {
	text: string;
	seconds: number | null;
	page: number | null;
}
export interface Narration {
	page: number;
	url: string;
	mime: string;
}
export interface Version {
	version: number;
	at: string;
	note: string;
	file: ResourceFile;
}

/** A resource as its page shows it. */
export interface ResourceView extends ItemView {
	media: Media;
	file: ResourceFile;
	/** Of film and sound. */
	seconds: number | null;
	starts: number | null;
	ends: number | null;
	captions: { language: string; label: string; url: string }[];
	transcript: Said[];
	chapters: Chapter[];
	points: KeyPoint[];
	narrations: Narration[];
	/** The newest first; one only while the file has never been replaced. */
	versions: Version[];
}

/** Files that browsers play; others of the kind are kept for download. */
const playable = /^(video\/(mp4|webm|quicktime|ogg|matroska)|audio\/(mpeg|mp4|ogg|wav|webm|flac|aac))$/;

/** How a file of this type is shown. */
export function mediaOf(mime: string): Media {
	if (playable.test(mime)) return mime.startsWith('video/') ? 'video' : 'audio';
	if (/^image\/(png|apng|jpeg|gif|webp|avif)$/.test(mime)) return 'image';
	if (/^(text\/|application\/(pdf|rtf|epub|x-ole-storage|msword|vnd\.(openxml|oasis|ms-)))/.test(mime))
		return 'document';
	return 'file';
}
