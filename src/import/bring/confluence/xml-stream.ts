/** What a reader is told of an XML text, in its order. */
export interface XmlListener {
	open(tag: string, attributes: Record<string, string>): void;
	/** A piece of text: one text may come in several. */
	text(words: string): void;
	close(tag: string): void;
}

/** What stands between `<` and `>`; longer is none. */
const TAG = 100_000;
/** `&` and what may still follow it in the next piece. */
const OPEN_REFERENCE = /&[#\w]{0,10}$/;

/**
 * Reads XML of any length piece by piece, and goes on behind what is broken. Nothing of a
 * DOCTYPE is used: only the five entities of XML and numbers are ever known.
 */
export class XmlStream {
	readonly #listener: XmlListener;
	#rest = '';
	#within: 'text' | 'cdata' | 'comment' | 'doctype' = 'text';
	/** A DOCTYPE was there; it was passed over. */
	doctype = false;

	constructor(listener: XmlListener) {
		this.#listener = listener;
	}

	write(piece: string): void {
		this.#rest += piece;
		while (this.#step());
	}

	/** @returns whether the text ended where it may */
	end(): boolean {
		if (this.#within === 'text' && !this.#rest.startsWith('<')) {
			this.#say(this.#rest);
			this.#rest = '';
		}
		return this.#within === 'text' && this.#rest === '';
	}

	/** @returns false when more has to come first */
	#step(): boolean {
		if (this.#within === 'text') return this.#rest.startsWith('<') ? this.#markup() : this.#text();
		if (this.#within === 'cdata') return this.#until(']]>', (words) => this.#listener.text(words));
		if (this.#within === 'comment') return this.#until('-->', () => {});
		return this.#until(this.#rest.includes('[') ? ']>' : '>', () => {});
	}

	#text(): boolean {
		const next = this.#rest.indexOf('<');
		const end = next === -1 ? this.#rest.length - (OPEN_REFERENCE.exec(this.#rest)?.[0].length ?? 0) : next;
		this.#say(this.#rest.slice(0, end));
		this.#rest = this.#rest.slice(end);
		return next !== -1;
	}

	#say(words: string): void {
		if (words) this.#listener.text(decoded(words));
	}

	#markup(): boolean {
		if (this.#begins('<![CDATA[', 'cdata') || this.#begins('<!--', 'comment')) return true;
		if (this.#begins('<!DOCTYPE', 'doctype')) return (this.doctype = true);
		if (this.#rest.length < 9 && '<![CDATA[<!--<!DOCTYPE'.includes(this.#rest)) return false;
		// `<` cannot stand within a tag, not even in quotes: at the next one, reading goes on.
		const tag = /^<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>/.exec(this.#rest)?.[0];
		const next = tag ? tag.length : this.#rest.indexOf('<', 1);
		if (next === -1 && this.#rest.length < TAG) return false;
		this.#rest = next === -1 ? '' : this.#rest.slice(next);
		if (tag) this.#tag(tag);
		return this.#rest !== '';
	}

	#begins(sign: string, within: 'cdata' | 'comment' | 'doctype'): boolean {
		if (!this.#rest.startsWith(sign)) return false;
		this.#within = within;
		this.#rest = this.#rest.slice(sign.length);
		return true;
	}

	#until(sign: string, use: (words: string) => void): boolean {
		const at = this.#rest.indexOf(sign);
		// The end may be cut in two.
		const end = at === -1 ? Math.max(0, this.#rest.length - sign.length + 1) : at;
		if (end > 0) use(this.#rest.slice(0, end));
		this.#rest = this.#rest.slice(at === -1 ? end : at + sign.length);
		if (at !== -1) this.#within = 'text';
		return at !== -1;
	}

	#tag(tag: string): void {
		const name = /^<\/?([\w:.-]+)/.exec(tag)?.[1];
		if (!name) return;
		if (tag.startsWith('</')) return this.#listener.close(name);
		const attributes: Record<string, string> = {};
		for (const [, key, double, single] of tag.matchAll(/\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
			attributes[key!] = decoded(double ?? single ?? '');
		this.#listener.open(name, attributes);
		if (tag.endsWith('/>')) this.#listener.close(name);
	}
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decoded = (words: string) =>
	words.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
		if (name) return NAMED[(name as string).toLowerCase()]!;
		const code = hex ? parseInt(hex as string, 16) : Number(decimal);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
