import type { Client } from '#src/platform/server/client.ts';
import { exitCodes, StartError } from '#src/platform/server/config.ts';
import { isSealed, seal, unseal } from '#src/platform/server/vault.ts';

const PROOF = 'This database and its key belong together.';

/**
 * Makes sure that this process has the key of this database, and seals what an older version
 * has stored open. Runs after the migrations, in every process.
 * @throws StartError when the key is another
 */
export async function checkKey({ client }: Client): Promise<void> {
	await client`insert into vault_proof (proof) values (${seal(PROOF, 'proof')}) on conflict do nothing`;
	const [found] = await client<{ proof: string }[]>`select proof from vault_proof`;
	if (!belongs(found!.proof)) {
		throw new StartError(
			'The key is not the one this database was used with: set the same SECRET, or put its secret.key back into DATA_DIR. If it is lost: npm run trellis -- forget-key.',
			exitCodes.configuration
		);
	}
	await sealOpenSecrets(client);
}

function belongs(proof: string): boolean {
	try {
		return unseal(proof, 'proof') === PROOF;
	} catch {
		return false;
	}
}

async function sealOpenSecrets(client: Client['client']): Promise<void> {
	const all = await client<{ id: string; secret: string }[]>`select person_id as id, secret from second_factor`;
	for (const { id, secret } of all.filter(({ secret }) => !isSealed(secret)))
		await client`update second_factor set secret = ${seal(secret, id)} where person_id = ${id} and secret = ${secret}`;
}
