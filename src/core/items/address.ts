import { itemKind } from './kinds.ts';

/** Where an item is read, whatever its kind: what stands beneath another is a part of its page. */
export function itemAddress({ id, kind, rootId, rootKind }: ItemPlace): string {
	const page = `/${itemKind(rootKind)?.place ?? 'items'}/${rootId}`;
	return id === rootId ? page : `${page}#${kind}-${id}`;
}

export interface ItemPlace {
	id: string;
	kind: string;
	/** The item at the top: the question of an answer's comment. */
	rootId: string;
	rootKind: string;
}
