/** What the server answers to an upload. */
export interface UploadedFile {
	name: string;
	mime: string;
	url: string;
	width: number | null;
	height: number | null;
	markdown: string;
}

const MOST_BYTES = 10 * 1024 * 1024;

/**
 * Sends a file, telling how much of it has gone.
 * @param progress told shares from 0 to 1
 * @throws Error with a sentence for the person
 */
export function upload(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<UploadedFile> {
	return new Promise((done, fail) => {
		if (file.size > MOST_BYTES) return fail(new Error(`${file.name} is too large: 10 MB at most.`));
		const body = new FormData();
		body.set('file', file);
		// fetch cannot tell how much of a body has gone.
		const request = new XMLHttpRequest();
		request.open('POST', '/files');
		request.responseType = 'json';
		request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
		request.onload = () => {
			if (request.status === 201) done(request.response as UploadedFile);
			else fail(new Error(`${file.name}: ${sentence(request)}`));
		};
		request.onerror = () => fail(new Error(`${file.name} could not be sent. Check your connection and try again.`));
		request.onabort = () => fail(new DOMException('Stopped', 'AbortError'));
		signal.addEventListener('abort', () => request.abort());
		request.send(body);
	});
}

function sentence({ status, response }: XMLHttpRequest): string {
	if (status === 413) return 'This file is too large: 10 MB at most.';
	return (response as { message?: string } | null)?.message ?? 'It could not be kept. Try again in a moment.';
}
