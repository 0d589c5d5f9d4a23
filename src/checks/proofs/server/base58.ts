const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Bytes in base 58, with Bitcoin's alphabet, as multibase's `z` means it. */
export function base58(bytes: Uint8Array): string {
	let number = BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);
	let text = '';
	for (; number > 0n; number /= 58n) text = letters[Number(number % 58n)] + text;
	const first = bytes.findIndex((byte) => byte !== 0);
	return '1'.repeat(first === -1 ? bytes.length : first) + text;
}

/** @returns nothing for what is not base 58, or longer than any signature */
export function fromBase58(text: string): Buffer | undefined {
	if (!/^[1-9A-HJ-NP-Za-km-z]{1,200}$/.test(text)) return undefined;
	let number = 0n;
	for (const letter of text) number = number * 58n + BigInt(letters.indexOf(letter));
	const hex = number === 0n ? '' : number.toString(16);
	return Buffer.concat([
		Buffer.alloc(/^1*/.exec(text)![0].length),
		Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
	]);
}
