import { NotCarried, type Draft, type DraftOf } from '../carried.ts';
import { descendants, type Element } from '#src/platform/server/xml-tree.ts';
import { declarationOf, mappedOf, valuesOf, type Asked } from './asked.ts';

/** A single gap: words, or a number where the answer is declared as one. */
export function wordsOrNumber(asked: Asked, element: Element, prompt: string): Draft {
	const { why } = asked;
	if (isNumber(asked, element)) return { type: 'numeric', prompt, why, ...quantityOf(asked, element) };
	return { type: 'short', prompt, why, ...wordingOf(asked, element) };
}

export const isNumber = (asked: Asked, element: Element): boolean =>
	/^(float|integer)$/.test(declarationOf(asked, element)?.attributes.baseType ?? '');

type Wording = Pick<DraftOf<'short'>, 'accepted' | 'exactCase'>;

export function wordingOf(asked: Asked, element: Element): Wording {
	const declaration = declarationOf(asked, element);
	const mapped = mappedOf(declaration).filter(({ worth }) => worth > 0);
	const correct = valuesOf(declaration);
	if (mapped.length === 0 && correct.length === 0) throw new NotCarried('it does not say which answer is right');
	if (mapped.length === 0)
		return {
			exactCase: true,
			accepted: correct.map((text) => ({ match: 'words', text: asked.texts.line(text, 'plain', 500) }))
		};
	const most = Math.max(...mapped.map(({ worth }) => worth));
	const accepted = mapped.map(({ key, worth }) => ({
		...{ match: 'words' as const, text: asked.texts.line(key, 'plain', 500) },
		share: Number((worth / most).toFixed(6))
	}));
	return { exactCase: mapped.every(({ exact }) => exact), accepted };
}

type Quantity = Pick<DraftOf<'numeric'>, 'value' | 'tolerance'>;

export function quantityOf(asked: Asked, element: Element): Quantity {
	const declaration = declarationOf(asked, element);
	const best = [...mappedOf(declaration)].sort((a, b) => b.worth - a.worth)[0]?.key;
	const value = Number(valuesOf(declaration)[0] || best || 'none');
	if (!Number.isFinite(value)) throw new NotCarried('no number of it is right');
	const compared = descendants(asked.item, 'equal').find((equal) =>
		descendants(equal, 'variable').some(
			({ attributes }) => attributes.identifier === element.attributes.responseIdentifier
		)
	);
	const amount = Number(compared?.attributes.tolerance?.trim().split(/\s+/)[0] ?? '0') || 0;
	const by = compared?.attributes.toleranceMode === 'relative' ? ('percent' as const) : ('amount' as const);
	return { value, tolerance: { by, amount: compared?.attributes.toleranceMode === 'exact' ? 0 : amount } };
}
