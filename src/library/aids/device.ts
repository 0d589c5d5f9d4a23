/**
 * What a device remembers of somebody's runs, so that a run goes on where it was left and
 * counts also when there was no network. It is kept by person, and goes when they sign out.
 */
export interface Remembered {
	version: number;
	/** The id of the run. */
	run: string;
	/** The cards seen, the one shown last. */
	way: number[];
	/** What is ticked, by card. */
	ticks: number[];
}

interface Untold {
	aid: string;
	run: string;
	version: number;
	step: number;
	finished: boolean;
}

const slot = (person: string, aid: string) => `aid:${person}:${aid}`;
const outbox = (person: string) => `aid-runs:${person}`;
const MOST_UNTOLD = 200;

function read<T>(key: string): T | null {
	try {
		return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null;
	} catch {
		return null;
	}
}

function write(key: string, value: unknown): void {
	try {
		localStorage.setItem(key, JSON.stringify(value));
	} catch {
		// No room, or not allowed: then it is not remembered.
	}
}

export const recall = (person: string, aid: string) => read<Remembered>(slot(person, aid));
export const remember = (person: string, aid: string, run: Remembered) => write(slot(person, aid), run);

/** An id for a run; also where the page is not served securely. */
export function newRunId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6]! & 0x0f) | 0x40;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Tells the server how far a run is: now, or when there is a network again. */
export function tell(person: string, untold: Untold): void {
	const waiting = (read<Untold[]>(outbox(person)) ?? []).filter(({ run }) => run !== untold.run);
	write(outbox(person), [...waiting, untold].slice(-MOST_UNTOLD));
	void tellAll(person);
}

let telling = false;

/** Sends what has not been told yet. What the server refuses is dropped; what it did not get is kept. */
export async function tellAll(person: string): Promise<void> {
	if (telling || !navigator.onLine) return;
	telling = true;
	try {
		for (let waiting = read<Untold[]>(outbox(person)) ?? []; waiting.length > 0;) {
			const [{ aid, run, ...progress }] = waiting as [Untold];
			const told = await send(`/api/v1/aids/${aid}/runs/${run}`, progress);
			if (!told) break;
			// It may have moved on meanwhile: only what was sent is told.
			const sent = JSON.stringify(waiting[0]);
			waiting = (read<Untold[]>(outbox(person)) ?? []).filter((one) => JSON.stringify(one) !== sent);
			write(outbox(person), waiting);
		}
	} finally {
		telling = false;
	}
}

async function send(address: string, body: object): Promise<boolean> {
	try {
		const headers = { 'content-type': 'application/json' };
		const { status } = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(body), keepalive: true });
		return status < 500 && status !== 401 && status !== 429;
	} catch {
		return false;
	}
}
