/** A piece of a letter: shown in HTML, and written out in the plain text beside it. */
export type Block =
	| { text: string }
	| { heading: string }
	/** Somebody's own words. */
	| { quote: string }
	| { button: string; href: string }
	| { link: string; href: string; note?: string }
	/** Small links in one line, such as "Mute this · Less often". */
	| { links: { label: string; href: string }[]; quiet?: boolean };

export interface Letter {
	/** What the list of mails shows after the subject. */
	preview?: string;
	heading: string;
	blocks: Block[];
	/** Why the person gets this, and how not to. */
	footer?: Block[];
	/** Where it comes from: the organisation's name. */
	from?: string;
}

/**
 * Writes a mail twice from the same words: plain text, and HTML that holds in Outlook
 * (tables, inline styles), Gmail, and dark mode.
 * @example letter({ heading: 'Sign in', blocks: [{ button: 'Sign in', href }], footer: [{ text: 'Not you? Ignore this.' }] })
 */
export function letter(content: Letter): { text: string; html: string } {
	const { heading, blocks, footer = [] } = content;
	const lines = [heading, ...blocks.map(plain), ...(footer.length > 0 ? ['-- ', ...footer.map(plain)] : [])];
	return { text: `${lines.join('\n\n')}\n`, html: page(content) };
}

function plain(block: Block): string {
	if ('text' in block) return block.text;
	if ('heading' in block) return `${block.heading}\n${'='.repeat(Math.min(block.heading.length, 60))}`;
	if ('quote' in block) return block.quote.replace(/^/gm, '> ');
	if ('button' in block) return `${block.button}: ${block.href}`;
	if ('link' in block) return `${block.link}${block.note ? `\n${block.note}` : ''}\n${block.href}`;
	return block.links.map(({ label, href }) => `${label}: ${href}`).join('\n');
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = 'color:#1d2321';
const SOFT = 'color:#5a6562';
const LINK = 'color:#0b6b57';

/** Dark mode: clients that read the style element follow it (Apple Mail, Outlook on the web), the others invert by themselves. */
const DARK = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:#151918!important}.card{background:#1e2422!important;border-color:#323b38!important}
.ink{color:#e8eeec!important}.soft{color:#a9b5b1!important}.link{color:#6fd3bb!important}
.quote{background:#262d2b!important;border-color:#6fd3bb!important}.rule{border-color:#323b38!important}
.button{background:#6fd3bb!important}.button a{color:#10201c!important}}
@media (max-width:620px){.card{padding:20px!important}}`;

function page({ preview = '', heading, blocks, footer = [], from = 'Trellis' }: Letter): string {
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escape(heading)}</title><style>${DARK}</style></head>
<body class="page" style="margin:0;padding:0;background:#f2f5f4">
<div style="display:none;max-height:0;overflow:hidden">${escape(preview)}${'&#847; '.repeat(preview ? 40 : 0)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f5f4"><tr><td align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td class="soft" style="${FONT};font-size:14px;line-height:20px;${SOFT};padding:0 4px 12px">${escape(from)}</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #d9e0de;border-radius:12px;padding:28px">
<h1 class="ink" style="${FONT};font-size:20px;line-height:28px;font-weight:600;${INK};margin:0 0 16px">${escape(heading)}</h1>
${blocks.map((block) => html(block)).join('\n')}
</td></tr>
<tr><td style="padding:16px 4px 0">${footer.map((block) => html(block, true)).join('\n')}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table></body></html>`;
}

function html(block: Block, small = false): string {
	const size = small ? 'font-size:13px;line-height:20px' : 'font-size:16px;line-height:24px';
	const tone = small ? SOFT : INK;
	const style = `${FONT};${size};${tone};margin:0 0 ${small ? 8 : 16}px;overflow-wrap:anywhere`;
	const ink = small ? 'soft' : 'ink';
	if ('text' in block) return `<p class="${ink}" style="${style}">${lines(block.text)}</p>`;
	if ('heading' in block)
		return `<h2 class="ink rule" style="${FONT};font-size:16px;line-height:24px;font-weight:600;${INK};margin:24px 0 12px;padding:16px 0 0;border-top:1px solid #d9e0de">${escape(block.heading)}</h2>`;
	if ('quote' in block)
		return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px"><tr><td class="quote ink" style="${FONT};font-size:15px;line-height:23px;${INK};background:#f2f5f4;border-left:3px solid #0b6b57;padding:12px 16px;overflow-wrap:anywhere">${lines(block.quote)}</td></tr></table>`;
	if ('button' in block)
		return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 16px"><tr><td class="button" style="background:#0b6b57;border-radius:8px"><a href="${escape(block.href)}" style="${FONT};display:inline-block;padding:12px 20px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none">${escape(block.button)}</a></td></tr></table>`;
	if ('link' in block) {
		const note = block.note ? `<br><span class="soft" style="${SOFT};font-size:14px">${lines(block.note)}</span>` : '';
		return `<p class="${ink}" style="${style}">${anchor(block.link, block.href)}${note}</p>`;
	}
	const links = block.links.map(({ label, href }) => anchor(label, href)).join(' &nbsp;·&nbsp; ');
	return `<p class="${block.quiet ? 'soft' : ink}" style="${style}${block.quiet ? ';font-size:13px;line-height:18px;margin-top:-10px' : ''}">${links}</p>`;
}

const anchor = (label: string, href: string) =>
	`<a class="link" href="${escape(href)}" style="${LINK};text-decoration:underline">${escape(label)}</a>`;

const lines = (text: string) => escape(text).replace(/\n/g, '<br>');

const escape = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
