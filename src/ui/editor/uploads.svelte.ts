import { upload, type UploadedFile } from './upload.ts';

export interface Running {
	id: number;
	name: string;
	share: number;
	stop: () => void;
}

/** The uploads of one editor: what is on its way, and what went wrong. */
export class Uploads {
	running = $state<Running[]>([]);
	problem = $state('');
	/** Said aloud by screen readers. */
	said = $state('');
	#next = 0;

	/** Sends files one after the other; each is handed over when it has arrived. */
	async send(files: Iterable<File>, arrived: (file: UploadedFile) => void): Promise<void> {
		this.problem = '';
		for (const file of files) await this.#sendOne(file, arrived);
	}

	async #sendOne(file: File, arrived: (file: UploadedFile) => void): Promise<void> {
		const control = new AbortController();
		const id = (this.#next += 1);
		this.running.push({ id, name: file.name, share: 0, stop: () => control.abort() });
		this.said = `Sending ${file.name}`;
		try {
			arrived(await upload(file, (share) => this.#progress(id, share), control.signal));
			this.said = `${file.name} is in the text`;
		} catch (error) {
			if ((error as Error).name !== 'AbortError') this.problem = (error as Error).message;
			this.said = '';
		} finally {
			this.running = this.running.filter((one) => one.id !== id);
		}
	}

	#progress(id: number, share: number): void {
		const one = this.running.find((running) => running.id === id);
		if (one) one.share = share;
	}
}
