import MarkdownParser, { type MarkdownIt, type MarkdownItOptions, type StateInline } from 'markdown-it';

/** `@[Ada Byron](person:0190…)`. */
export const MENTION = /@\[([^\]\n]{0,200})\]\(person:([0-9a-f]{8}-[0-9a-f-]{27})\)/gi;

/** The few tags that Markdown has no sign for and people write anyway; all others are shown as typed. */
const SMALL_HTML = /<(?:br ?\/?|\/?(?:kbd|sub|sup|ins|mark))>/gi;

/**
 * The grammar of texts, the same where they are shown and where they are written:
 * CommonMark with tables, strikethrough, bare addresses, mentions and a few tags.
 */
export function houseMarkdown(options: MarkdownItOptions = {}): MarkdownIt {
	const md = new MarkdownParser({ ...options, html: false, linkify: true, typographer: false });
	// Only what says that it is an address becomes a link: "readme.md" is a file.
	md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
	md.inline.ruler.before('link', 'mention', mention);
	md.inline.ruler.before('html_inline', 'small_html', smallHtml);
	return md;
}

/** A token `mention` with the name as written in `content` and `{ id }` in `meta`. */
function mention(state: StateInline, silent: boolean): boolean {
	if (state.src.charCodeAt(state.pos) !== 0x40 || state.src.charCodeAt(state.pos + 1) !== 0x5b) return false;
	const found = matchAt(MENTION, state);
	if (!found) return false;
	if (!silent) {
		const token = state.push('mention', '', 0);
		token.content = found[1]!;
		token.meta = { id: found[2]!.toLowerCase(), inLink: state.linkLevel > 0 };
	}
	state.pos += found[0].length;
	return true;
}

function smallHtml(state: StateInline, silent: boolean): boolean {
	if (state.src.charCodeAt(state.pos) !== 0x3c) return false;
	const found = matchAt(SMALL_HTML, state);
	if (!found) return false;
	if (!silent) state.push('html_inline', '', 0).content = found[0].toLowerCase();
	state.pos += found[0].length;
	return true;
}

/** Matches a pattern exactly where the parser stands. */
export function matchAt(pattern: RegExp, state: StateInline): RegExpExecArray | null {
	const sticky = new RegExp(pattern.source, pattern.flags.replace('g', 'y'));
	sticky.lastIndex = state.pos;
	return sticky.exec(state.src);
}
