/** A proof as its owner sees it, and whoever they give its address to. */
export interface ProofView {
	id: string;
	person: string;
	title: string;
	/** What the questions were about. */
	objectives: string[];
	passedAt: string;
	validUntil: string | null;
	state: 'valid' | 'expired' | 'withdrawn';
	/** The organisation that vouches for it. */
	issuer: string;
}

/** What a look at a file or text says. `elsewhere`: it is a proof, but of another organisation. */
export type Verdict =
	| { state: 'valid' | 'expired' | 'withdrawn'; proof: Omit<ProofView, 'id' | 'state'> }
	| { state: 'forged' | 'unreadable' | 'elsewhere'; proof: null };
