import type { Out } from './out.ts';
import { Sections } from './sections.ts';

/** Groups whose content is not text: fonts, colours, pictures, embedded objects, fields' instructions. */
const silent = new Set(
	'fonttbl colortbl stylesheet info pict object objdata listtable listoverridetable generator themedata datastore fldinst xmlnstbl rsidtbl header footer headerl headerr footerl footerr revtbl filetbl'.split(
		' '
	)
);
const signs: Record<string, string> = {
	...{
		tab: '\t',
		line: '\n',
		emdash: '—',
		endash: '–',
		bullet: '•',
		lquote: '‘',
		rquote: '’',
		ldblquote: '“',
		rdblquote: '”'
	},
	...{ cell: ' | ', emspace: ' ', enspace: ' ' }
};
const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

/** Rich text of older word processors: its paragraphs. Embedded objects are neither opened nor kept. */
export function readRtf(content: Buffer, out: Out): void {
	out.about('Rich text', 'section');
	const source = content.toString('latin1');
	const latin = new TextDecoder('windows-1252');
	const sections = new Sections(out);
	/** Of each open group: whether it is silent, and how many letters stand for a character that follows. */
	const groups: { silent: boolean; spare: number }[] = [{ silent: false, spare: 1 }];
	let [text, skip, level, hasObject] = ['', 0, 0, false];
	const say = (some: string) => {
		if (!groups.at(-1)!.silent) text += some;
	};
	const flush = () => {
		sections.add(level ? { kind: 'heading', level, text } : { kind: 'text', text });
		text = '';
	};
	for (const [, word, number, hex, sign, brace, plain] of source.matchAll(token)) {
		const group = groups.at(-1)!;
		if (brace === '{') groups.push({ ...group });
		else if (brace === '}') {
			if (groups.length > 1) groups.pop();
		} else if (sign === '*' || (word && silent.has(word))) {
			group.silent = true;
			hasObject ||= word === 'object' || word === 'objdata';
		} else if (word === 'u') {
			say(String.fromCharCode(Number(number) & 0xffff));
			skip = group.spare;
		} else if (word === 'uc') group.spare = Math.min(8, Number(number) || 0);
		else if (word === 'bin') break;
		else if (word === 'par' || word === 'row' || word === 'sect' || word === 'page') flush();
		else if (word === 'pard') level = 0;
		else if (word === 'outlinelevel') level = Math.min(6, Number(number) + 1);
		else if (word) say(signs[word] ?? '');
		else if (hex) {
			if (skip > 0) skip -= 1;
			else say(latin.decode(Buffer.from(hex, 'hex')));
		} else if (sign) say(sign === '~' ? ' ' : '{}\\'.includes(sign) ? sign : '');
		else if (plain) {
			const shown = plain.slice(skip);
			skip = Math.max(0, skip - plain.length);
			say(latin.decode(Buffer.from(shown, 'latin1')));
		}
	}
	flush();
	sections.end();
	if (hasObject) out.note('It has files embedded in it. They were not opened.');
}
