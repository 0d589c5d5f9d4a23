import { RE2JS } from 're2js';
import type { Draft } from './carried.ts';

/** Why a pattern of a question cannot be used: RE2 reads what cannot run away, and nothing else. */
export function patternFlaw(content: Draft): string | undefined {
	const fields = content.type === 'short' ? [content] : content.type === 'form' ? content.fields : [];
	for (const field of fields) {
		if (!('accepted' in field)) continue;
		for (const { match, text } of field.accepted) {
			if (match !== 'pattern') continue;
			try {
				RE2JS.compile(text);
			} catch {
				return `the pattern ${text.slice(0, 60)} uses what patterns here cannot do (RE2 syntax: no look-around, no back-references)`;
			}
		}
	}
	return undefined;
}
