declare module '#src/core/signals/server/events.ts' {
	/** `masked`: the actor stands behind an anonymous item here and is never named. */
	interface Events {
		'question.answered': { questionId: string; answerId: string; spaceId: string; actorId: string; masked: boolean };
		'question.accepted': { questionId: string; answerId: string; actorId: string; masked: boolean };
		'question.acceptance_taken_back': { questionId: string; actorId: string };
		'question.needs_info': { questionId: string; commentId: string; actorId: string };
		'question.info_given': { questionId: string; actorId: string; masked: boolean };
		'question.duplicate': { questionId: string; originalId: string; actorId: string; masked: boolean };
		/** Nobody answered so far: those who are told next. */
		'question.climbed': { questionId: string; step: number; personIds: string[] };
		'expert.asked': { questionId: string; personId: string; actorId: string | null };
	}
}

export {};
