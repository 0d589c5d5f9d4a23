/** The lines of a text as it comes in, counted from 1. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<{ text: string; line: number }> {
	let rest = '';
	let line = 0;
	for await (const piece of pieces) {
		const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
		rest = lines.pop()!;
		for (const text of lines) yield { text, line: (line += 1) };
	}
	for (const text of rest.split(/\r/)) yield { text, line: (line += 1) };
}
