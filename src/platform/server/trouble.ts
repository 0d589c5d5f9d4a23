/** What the system says when a file, a folder or another machine cannot be used, as the end of a sentence. */
const reasons: Record<string, string> = {
	ENOENT: 'it is not there',
	EACCES: 'Trellis may not open it; look at its owner and its rights',
	EPERM: 'Trellis may not open it; look at its owner and its rights',
	EROFS: 'nothing can be written there',
	EISDIR: 'it is a folder',
	ENOTDIR: 'it is a file, or lies within one',
	EEXIST: 'a file of this name is there already',
	ENAMETOOLONG: 'its name is too long',
	ELOOP: 'it leads round in a circle',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk is full',
	EIO: 'the disk is damaged',
	EMFILE: 'too many files are open; try again in a moment',
	ENFILE: 'too many files are open; try again in a moment',
	ECONNREFUSED: 'nothing answers there',
	ECONNRESET: 'it hung up',
	EPIPE: 'it hung up',
	ETIMEDOUT: 'it does not answer',
	EHOSTUNREACH: 'there is no way to it',
	ENETUNREACH: 'there is no way to it',
	EAI_AGAIN: 'its name cannot be looked up just now',
	CERT_HAS_EXPIRED: 'its certificate has run out',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody vouches for its certificate',
	SELF_SIGNED_CERT_IN_CHAIN: 'nobody vouches for its certificate',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody vouches for its certificate',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'nobody vouches for its certificate',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
	EPROTO: 'it does not speak TLS'
};

/**
 * Why something failed, in words for whoever named it: never the code of an error.
 * @param otherwise what is said of what is not known
 * @example
 * throw new UsageError(`${file} cannot be read: ${whyNot(error)}.`);
 */
export function whyNot(error: unknown, otherwise = 'the system does not say why'): string {
	return reasons[codeOf(error)] ?? otherwise;
}

/** The code of an error, or of the first within it: where a name has several addresses each has failed. */
export function codeOf(error: unknown): string {
	const { code, errors } = error as { code?: unknown; errors?: unknown[] };
	return typeof code === 'string' ? code : errors?.length ? codeOf(errors[0]) : '';
}
