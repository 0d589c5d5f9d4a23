/** What a browser does with a push (RFC 8291); the library brings no types. */
declare module 'http_ece' {
	import type { ECDH } from 'node:crypto';
	const ece: {
		decrypt(body: Buffer, params: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string }): Buffer;
	};
	export default ece;
}
