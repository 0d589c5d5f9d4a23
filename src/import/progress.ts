const BAR = 24;

/**
 * Tells how far a long piece of work is: a bar with rate and time left on a terminal,
 * a plain line every ten seconds elsewhere.
 */
export class Progress {
	readonly #out: NodeJS.WriteStream;
	readonly #total: number;
	#started = Date.now();
	#first: { done: number } | undefined;
	readonly #unit: string;
	#shown: number;

	/**
	 * @param total the whole of what `done` counts, such as bytes
	 * @param unit what is counted beside it
	 */
	constructor(total: number, unit = 'rows', out: NodeJS.WriteStream = process.stderr) {
		this.#total = total;
		this.#unit = unit;
		this.#out = out;
		// What is done in no time needs no line in a log.
		this.#shown = out.isTTY ? 0 : Date.now();
	}

	/**
	 * @param done of the total, with what an earlier run did
	 * @param count rows handled by this run
	 */
	show(label: string, done: number, count: number): void {
		this.#first ??= { done };
		const now = Date.now();
		if (now - this.#shown < (this.#out.isTTY ? 100 : 10_000)) return;
		this.#shown = now;
		const seconds = (now - this.#started) / 1000;
		const share = this.#total ? Math.min(1, done / this.#total) : 1;
		const speed = (done - this.#first.done) / seconds;
		const left = speed > 0 ? duration((this.#total - done) / speed) : '…';
		const rate = Math.round(count / Math.max(seconds, 0.001)).toLocaleString('en');
		const text = `${label}  ${(share * 100).toFixed(1)} %  ${count.toLocaleString('en')} ${this.#unit}  ${rate}/s  ${left} left`;
		if (!this.#out.isTTY) return void this.#out.write(`${text}\n`);
		const full = Math.round(share * BAR);
		this.#out.write(`\r\x1b[K${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${text}`);
	}

	/** Takes the bar away, so that the next line starts clean. */
	end(): void {
		if (this.#out.isTTY) this.#out.write('\r\x1b[K');
	}
}

function duration(seconds: number): string {
	const whole = Math.ceil(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
