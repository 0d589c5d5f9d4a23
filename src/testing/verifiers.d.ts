/** The other house's verifier that signed credentials are tried with; it has no types of its own. */
declare module '@digitalbazaar/data-integrity' {
	export class DataIntegrityProof {
		constructor(options: { cryptosuite: unknown });
	}
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
	export const cryptosuite: unknown;
}
declare module '@digitalbazaar/ed25519-multikey' {
	export function from(
		key: object
	): Promise<{ export(what: { publicKey: true }): Promise<{ publicKeyMultibase: string }> }>;
}
declare module '@digitalbazaar/vc' {
	export function verifyCredential(
		options: object
	): Promise<{ verified: boolean; error?: Error & { errors?: Error[] } }>;
}
