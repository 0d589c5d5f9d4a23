import { z } from 'zod';

/** What the process ends with when it could not start or go on; README lists them for whoever runs it. */
export const exitCodes = {
	unexpected: 1,
	configuration: 2,
	portInUse: 3,
	databaseUnreachable: 4,
	databaseUnfit: 5,
	folderInUse: 6,
	disk: 7,
	noServer: 8
} as const;

/** A mistake in how Trellis was started: shown as one sentence, without a stack. */
export class StartError extends Error {
	readonly exitCode: number;
	constructor(message: string, exitCode: number = exitCodes.configuration) {
		super(message);
		this.name = 'StartError';
		this.exitCode = exitCode;
	}
}

const url = (protocols: string[]) =>
	z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
		message: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`
	});

const schema = z.object({
	DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
	DATA_DIR: z.string().default('./data'),
	PORT: z.coerce.number().int().min(0).max(65535).default(3000),
	HOST: z.string().default('0.0.0.0'),
	ORIGIN: url(['http:', 'https:']).optional(),
	SMTP_URL: url(['smtp:', 'smtps:']).optional(),
	MAIL_FROM: z.string().default('Trellis <trellis@localhost>'),
	/** The key file that signs mails (DKIM): `npm run trellis -- mail key` makes one. */
	DKIM_KEY: z.string().optional(),
	DKIM_SELECTOR: z
		.string()
		.regex(/^[a-z0-9-]{1,63}$/i, 'must be letters, digits and hyphens')
		.optional(),
	DKIM_DOMAIN: z.string().optional(),
	/** What stands behind the @ of addresses that take mail; that of MAIL_FROM where it is not set. */
	MAIL_DOMAIN: z.string().optional(),
	/** Mail is taken here from the mail server of the house; see docs/mail.md. */
	MAIL_IN_PORT: z.coerce.number().int().min(1).max(65535).optional(),
	MAIL_IN_HOST: z.string().default('127.0.0.1'),
	MAIL_IN_PROTOCOL: z.enum(['smtp', 'lmtp']).default('smtp'),
	MAIL_IN_MEGABYTES: z.coerce.number().int().min(1).max(100).default(25),
	/** The name by which the mail server in front signs what it found out about a sender (authserv-id). */
	MAIL_IN_AUTHSERV: z.string().optional(),
	/** Or it is fetched from a mailbox: imaps://user:password@host/INBOX */
	IMAP_URL: url(['imap:', 'imaps:']).optional(),
	FILES_URL: url(['file:', 's3:']).optional(),
	/** Seals what is stored but must be read again; without it a key file in DATA_DIR does. */
	SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
	TRELLIS_ROLE: z.enum(['all', 'web', 'worker']).default('all'),
	DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10),
	/** Hosts and networks inside that linked pages may be fetched from; see fetch-allow.ts. */
	FETCH_ALLOW: z.string().optional(),
	/** Who has it may read /metrics from elsewhere. */
	METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info')
});

export type Config = z.infer<typeof schema>;

/**
 * Reads the configuration from environment variables; an empty variable counts as unset.
 * @throws StartError naming every variable that is wrong, in one sentence
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
	const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
	const parsed = schema.safeParse(set);
	if (parsed.success) return parsed.data;
	const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
	throw new StartError(`Configuration: ${wrong.join('; ')}.`);
}
