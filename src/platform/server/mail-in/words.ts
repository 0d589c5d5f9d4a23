/** How greetings at the end begin, in the languages that the library in front of this does not know by itself. */
const FAREWELLS =
	/^(mit (freundlichen|besten|herzlichen|lieben) grüßen|(viele|beste|liebe|herzliche|freundliche|schöne) grüße|(best|kind|warm|many)( regards| wishes|est regards)?|regards|cheers|thanks|thank you|many thanks|cordialement|bien cordialement|bien à vous|merci|saludos|un saludo|atentamente|gracias|cordiali saluti|distinti saluti|saluti|grazie|met vriendelijke groet(en)?|groeten|groetjes|atenciosamente|cumprimentos|obrigad[oa]|pozdrawiam|z poważaniem|med vänlig(a)? hälsning(ar)?|vänliga hälsningar|hälsningar|med venlig hilsen|venlig hilsen|hilsen|med vennlig hilsen|ystävällisin terveisin|terveisin|mfg|vg|lg)[\s,.!]*$/iu;

/** A farewell and a name beneath it are no part of an answer; longer than this they are. */
const MOST_LINES = 8;
const MOST_LETTERS = 60;

/**
 * Leaves a farewell and what stands beneath it away, keeps the lines as they were broken, and drops what cannot be shown.
 * @example ownWords('Press it.\n\nViele Grüße\nAda') // 'Press it.'
 */
export function ownWords(text: string): string {
	const lines = text
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		// eslint-disable-next-line no-control-regex -- characters that cannot be shown
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/gu, '')
		.replaceAll('\u00a0', ' ')
		.split('\n')
		.map((line) => line.trimEnd());
	const at = lines.findLastIndex((line) => FAREWELLS.test(line.trim()));
	const beneath = lines.slice(at + 1).filter(Boolean);
	const isEnd = at > 0 && beneath.length <= MOST_LINES && beneath.every((line) => line.length <= MOST_LETTERS);
	return (isEnd ? lines.slice(0, at) : lines)
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
