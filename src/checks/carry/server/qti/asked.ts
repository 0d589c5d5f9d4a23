import type { TextReader } from '../text.ts';
import { child, childrenOf, textOf, type Element } from '#src/platform/server/xml-tree.ts';

/** An item as its parts are read. */
export interface Asked {
	item: Element;
	body: Element;
	texts: TextReader;
	declarations: ReadonlyMap<string, Element>;
	title: string;
	why: string;
	/** What is said of options, by their identifier. */
	whys: ReadonlyMap<string, string>;
	changed(reason: string): void;
}

export const declarationOf = (asked: Asked, interaction: Element): Element | undefined =>
	asked.declarations.get(interaction.attributes.responseIdentifier ?? '');

/** The right values, as the declaration says them. */
export function valuesOf(declaration: Element | undefined): string[] {
	const correct = declaration && child(declaration, 'correctResponse');
	return correct ? childrenOf(correct, 'value').map((value) => textOf(value).trim()) : [];
}

/** Keys with what they are worth. */
export function mappedOf(declaration: Element | undefined): { key: string; worth: number; exact: boolean }[] {
	const mapping = declaration && child(declaration, 'mapping');
	if (!mapping) return [];
	return childrenOf(mapping, 'mapEntry').map(({ attributes }) => ({
		key: attributes.mapKey ?? '',
		worth: Number(attributes.mappedValue ?? '0') || 0,
		exact: attributes.caseSensitive !== 'false'
	}));
}
