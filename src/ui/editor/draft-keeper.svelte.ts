/* eslint svelte/prefer-svelte-reactivity: off -- dates here are written down, never watched */
import { readFields, sameFields } from './draft-fields.ts';
import { writeFields } from './write-fields.ts';

export interface KeptDraft {
	content: Record<string, string>;
	/** ISO time. */
	updatedAt: string;
}

/** The copy in this browser, for when there is no connection or the tab ends. */
interface LocalDraft extends KeptDraft {
	/** The form was sent with it; a `drafts_sent` cookie tells that it arrived. */
	sent?: boolean;
}

const SAVE_AFTER = 1_000;

/**
 * Keeps what is typed into a form: at once in the browser, a second later on the server.
 * Opened again, the form shows the newer of the two and offers the other.
 */
export class DraftKeeper {
	/** What is said beneath the form. */
	note = $state<'none' | 'restored' | 'saved' | 'offline' | 'other'>('none');
	at = $state('');
	/** A draft that differs from the one shown. */
	other = $state.raw<KeptDraft>();
	#form: HTMLFormElement;
	#key: string;
	#initial: Record<string, string>;
	#seen: string | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#saving: AbortController | undefined;
	#unsaved = false;
	#restoring = false;

	/** @param initial what the form held when the page came to life */
	constructor(form: HTMLFormElement, key: string, initial: Record<string, string>) {
		this.#form = form;
		this.#key = key;
		this.#initial = initial;
	}

	/** @param kept the draft of the server. @param restore false where the form shows what was just sent */
	start(kept: KeptDraft | null, restore: boolean): () => void {
		const stop = this.#listen();
		this.#seen = kept?.updatedAt ?? null;
		const local = this.#local();
		const [newer, older] = [kept, local]
			.filter((draft) => draft != null)
			.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
		const typedMeanwhile = !sameFields(readFields(this.#form), this.#initial);
		if (typedMeanwhile) this.#typed();
		if (!newer || sameFields(newer.content, readFields(this.#form))) return stop;
		if (!restore || typedMeanwhile) {
			this.#offer(newer);
			return stop;
		}
		this.#show(newer);
		if (older && !sameFields(older.content, newer.content)) this.other = older;
		if (newer === local) this.#later();
		return stop;
	}

	/** Swaps the draft that is shown for the one that is offered. */
	swap(): void {
		const { other } = this;
		if (!other) return;
		this.other = { content: readFields(this.#form), updatedAt: this.at || new Date().toISOString() };
		this.#show(other);
		this.#later();
	}

	/** Empties the form to what it was, and forgets the draft everywhere. */
	async discard(): Promise<void> {
		clearTimeout(this.#timer);
		this.#saving?.abort();
		this.#restoring = true;
		writeFields(this.#form, this.#initial);
		this.#restoring = false;
		this.note = 'none';
		this.other = undefined;
		this.#unsaved = false;
		this.#forgetLocal();
		this.#seen = null;
		await fetch(this.#address, { method: 'DELETE' }).catch(() => {});
	}

	#show(draft: KeptDraft): void {
		this.#restoring = true;
		writeFields(this.#form, draft.content);
		this.#restoring = false;
		this.note = 'restored';
		this.at = draft.updatedAt;
	}

	#offer(draft: KeptDraft): void {
		this.note = 'other';
		this.other = draft;
	}

	#listen(): () => void {
		const typed = (event: Event) => this.#typed(event);
		const sent = () => this.#sent();
		const leave = () => this.#leave();
		const hide = () => document.visibilityState === 'hidden' && this.#leave();
		// A form that was carried out in place is emptied for the next text.
		const emptied = () => {
			this.#forgetLocal();
			this.note = 'none';
			this.other = undefined;
			this.#seen = null;
		};
		const back = () => this.#unsaved && this.#later(0);
		this.#form.addEventListener('input', typed);
		this.#form.addEventListener('change', typed);
		this.#form.addEventListener('submit', sent);
		this.#form.addEventListener('reset', emptied);
		addEventListener('pagehide', leave);
		addEventListener('online', back);
		document.addEventListener('visibilitychange', hide);
		return () => {
			this.#leave();
			this.#form.removeEventListener('input', typed);
			this.#form.removeEventListener('change', typed);
			this.#form.removeEventListener('submit', sent);
			this.#form.removeEventListener('reset', emptied);
			removeEventListener('pagehide', leave);
			removeEventListener('online', back);
			document.removeEventListener('visibilitychange', hide);
		};
	}

	#typed({ target }: { target?: EventTarget | null } = {}): void {
		if (this.#restoring) return;
		this.#unsaved = true;
		// A rich text writes its field, and tells, when typing rests.
		if (target instanceof HTMLElement && target.isContentEditable) return;
		this.#keepLocal();
		this.#later();
	}

	#later(after = SAVE_AFTER): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#save(), after);
	}

	async #save(): Promise<void> {
		const content = this.#content();
		this.#saving = new AbortController();
		this.#unsaved = false;
		try {
			const response = await this.#put(content, { signal: this.#saving.signal });
			const answer = (await response.json()) as { updatedAt?: string; draft?: KeptDraft };
			if (response.status === 409 && answer.draft) {
				this.#seen = answer.draft.updatedAt;
				this.other = answer.draft;
				this.note = 'other';
				return this.#later();
			}
			if (!response.ok) throw new Error(String(response.status));
			this.#seen = answer.updatedAt!;
			this.at = answer.updatedAt!;
			this.note = 'saved';
		} catch (error) {
			if ((error as Error).name === 'AbortError') return;
			this.#unsaved = true;
			this.note = 'offline';
			this.#later(15_000);
		}
	}

	/** The page goes away: what the timer still held is sent on its own. */
	#leave(): void {
		clearTimeout(this.#timer);
		if (!this.#unsaved) return;
		this.#unsaved = false;
		this.#keepLocal();
		// The browser lets 64 KB outlive the page; a longer text waits in the browser's own copy.
		this.#put(this.#content(), { keepalive: true }).catch(() => {});
	}

	#sent(): void {
		clearTimeout(this.#timer);
		this.#saving?.abort();
		this.#unsaved = false;
		this.#keepLocal(true);
	}

	#content(): Record<string, string> {
		// Rich texts listen for this and write their field at once.
		new FormData(this.#form);
		return { ...readFields(this.#form), _address: location.pathname };
	}

	#put(content: Record<string, string>, more: RequestInit): Promise<Response> {
		return fetch(this.#address, {
			...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
			body: JSON.stringify({ content, seen: this.#seen }),
			...more
		});
	}

	get #address(): string {
		return `/drafts/${encodeURIComponent(this.#key)}`;
	}

	get #slot(): string {
		return `draft:${this.#key}`;
	}

	#keepLocal(sent = false): void {
		const draft: LocalDraft = { content: this.#content(), updatedAt: new Date().toISOString(), sent };
		try {
			localStorage.setItem(this.#slot, JSON.stringify(draft));
		} catch {
			// No room in the browser: the server's copy must do.
		}
	}

	#forgetLocal(): void {
		localStorage.removeItem(this.#slot);
	}

	#local(): LocalDraft | undefined {
		try {
			const draft = JSON.parse(localStorage.getItem(this.#slot) ?? 'null') as LocalDraft | null;
			if (!draft) return undefined;
			if (draft.sent && takeSent(this.#key)) return void this.#forgetLocal();
			return draft;
		} catch {
			return undefined;
		}
	}
}

/** Whether the server says that the form of this draft was carried out; it is asked once. */
function takeSent(key: string): boolean {
	const cookie = /(?:^|; )drafts_sent=([^;]*)/.exec(document.cookie)?.[1] ?? '';
	const sent = decodeURIComponent(cookie).split('|');
	if (!sent.includes(key)) return false;
	const left = sent.filter((one) => one !== key).join('|');
	document.cookie = `drafts_sent=${encodeURIComponent(left)}; path=/; max-age=${left ? 2_592_000 : 0}; samesite=lax`;
	return true;
}
