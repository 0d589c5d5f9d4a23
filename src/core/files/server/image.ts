import type { Sharp, SharpConstructor } from 'sharp';
import { invalid } from '#src/platform/server/errors.ts';

export interface StoredImage {
	content: Buffer;
	mime: string;
	width: number;
	height: number;
	/** A smaller copy, where the image is larger than it. */
	thumbnail?: Buffer;
}

/** Sides are cut to this many pixels: sharp on a wide screen at twice its density. */
const LONGEST = 2560;
const THUMBNAIL = 640;
/** 60 megapixels: any phone's photo, no decompression bomb. */
const MOST_PIXELS = 60_000_000;

/**
 * Decodes an image and writes it anew: turned upright, without place, camera or any
 * other metadata, and with nothing behind its end that another program could run.
 * @param square cut to a square of this many pixels, for faces
 * @throws Failure invalid when it cannot be read as an image
 */
export async function cleanImage(content: Uint8Array, mime: string, square?: number): Promise<StoredImage> {
	const { default: sharp } = await import('sharp');
	sharp.cache(false);
	sharp.concurrency(1);
	try {
		const moving = mime === 'image/gif' || mime === 'image/webp';
		const source = sharp(content, { animated: moving && !square, limitInputPixels: MOST_PIXELS, failOn: 'error' });
		const upright = source.autoOrient();
		const sized = square
			? upright.resize(square, square, { fit: 'cover' })
			: upright.resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true });
		const { format, type } = outputOf(mime);
		const { data, info } = await format(sized).toBuffer({ resolveWithObject: true });
		const height = info.pageHeight ?? info.height;
		const image = { content: data, mime: type, width: info.width, height };
		return Math.max(info.width, height) > THUMBNAIL ? { ...image, thumbnail: await thumbnailOf(data, sharp) } : image;
	} catch {
		throw invalid({ file: 'This image cannot be read. It may be damaged or far too large; try another copy.' });
	}
}

const thumbnailOf = (content: Buffer, sharp: SharpConstructor) =>
	sharp(content).resize(THUMBNAIL, THUMBNAIL, { fit: 'inside' }).webp({ quality: 78 }).toBuffer();

function outputOf(mime: string): { format: (image: Sharp) => Sharp; type: string } {
	if (mime === 'image/png') return { format: (image) => image.png({ compressionLevel: 8 }), type: mime };
	if (mime === 'image/gif') return { format: (image) => image.gif(), type: mime };
	if (mime === 'image/jpeg') return { format: (image) => image.jpeg({ quality: 85 }), type: mime };
	return { format: (image) => image.webp({ quality: 85 }), type: 'image/webp' };
}
