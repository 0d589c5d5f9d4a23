import { verify } from 'node:crypto';
import type { Db } from '#src/platform/server/db.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Verdict } from '../proof.ts';
import type { Json } from './canonical.ts';
import { contexts, provesItself } from './credential.ts';
import { issuerDid, verifyingKey, type KeyKind } from './keys.ts';
import { proofById } from './proofs.ts';

const none = (state: 'forged' | 'unreadable' | 'elsewhere'): Verdict => ({ state, proof: null });

/**
 * Looks at a proof that somebody was given: a JWT, or a credential in JSON. What it says is
 * believed only when a key of this house has signed exactly that.
 */
export async function checkProof(db: Db, text: string, origin: string, now = new Date()): Promise<Verdict> {
	const read = text.startsWith('{') ? readJson(text) : readJwt(text);
	if (!read) return none('unreadable');
	const { credential, keyId, kind } = read;
	if (issuerOf(credential) !== issuerDid(origin)) return none('elsewhere');
	const key = isId(keyId) ? await verifyingKey(db, keyId, kind) : undefined;
	const isOurs = key !== undefined && (await read.isSignedBy(key).catch(() => false));
	if (!isOurs) return none('forged');
	return judge(db, credential, now);
}

type Key = NonNullable<Awaited<ReturnType<typeof verifyingKey>>>;
interface Read {
	credential: Json;
	keyId: string;
	kind: KeyKind;
	isSignedBy(key: Key): Promise<boolean>;
}

const object = (value: unknown): Json | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

function parsed(text: string): Json | undefined {
	try {
		return object(JSON.parse(text));
	} catch {
		return undefined;
	}
}

const afterHash = (address: unknown) => (typeof address === 'string' ? address.replace(/^[^#]*#/, '') : '');

function readJson(text: string): Read | undefined {
	const credential = parsed(text);
	const proof = object(credential?.proof);
	// Only contexts that are known here can say what the words mean.
	if (!credential || !proof || JSON.stringify(credential['@context']) !== JSON.stringify(contexts)) return undefined;
	if (proof.cryptosuite !== 'eddsa-rdfc-2022' || proof.proofPurpose !== 'assertionMethod') return undefined;
	const keyId = afterHash(proof.verificationMethod);
	return { credential, keyId, kind: 'EdDSA', isSignedBy: (key) => provesItself(credential, key) };
}

/** The algorithm is ours, whatever the token calls it. */
function readJwt(text: string): Read | undefined {
	const [head, claims, signature, ...more] = text.split('.');
	if (!signature || more.length > 0 || !/^[\w-]+$/.test(`${head}${claims}${signature}`)) return undefined;
	const [header, credential] = [head!, claims!].map((part) => parsed(Buffer.from(part, 'base64url').toString()));
	if (!header || !credential) return undefined;
	const words = Buffer.from(`${head}.${claims}`);
	return {
		credential,
		...{ keyId: afterHash(header.kid), kind: 'RS256' },
		isSignedBy: (key) => Promise.resolve(verify('sha256', words, key, Buffer.from(signature, 'base64url')))
	};
}

const issuerOf = ({ issuer }: Json) => (typeof issuer === 'string' ? issuer : object(issuer)?.id);

/** What was signed once may be over, or withdrawn, by now; what is not on record any more is withdrawn too. */
async function judge(db: Db, credential: Json, now: Date): Promise<Verdict> {
	const known = await proofById(db, String(credential.id).replace(/^urn:uuid:/, ''));
	const said = saidIn(credential);
	if (!said) return none('unreadable');
	if (!known || known.state === 'withdrawn') return { state: 'withdrawn', proof: said };
	const isOver = said.validUntil !== null && new Date(said.validUntil) <= now;
	return { state: isOver ? 'expired' : 'valid', proof: said };
}

/** In the words of the credential itself: they are what was signed. A list of what was withdrawn is signed too, but no proof. */
function saidIn(credential: Json): Exclude<Verdict, { proof: null }>['proof'] | undefined {
	const subject = object(credential.credentialSubject);
	const achievement = object(subject?.achievement);
	if (!subject || !achievement) return undefined;
	const named = (subject.identifier as Json[]).find(({ identityType }) => identityType === 'name');
	return {
		person: String(named?.identityHash ?? ''),
		title: String(achievement.name),
		objectives: [],
		passedAt: String(credential.validFrom),
		validUntil: typeof credential.validUntil === 'string' ? credential.validUntil : null,
		issuer: String(object(credential.issuer)?.name ?? '')
	};
}
