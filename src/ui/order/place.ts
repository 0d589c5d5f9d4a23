/** Where a card stands among others. */
export interface Place {
	/** What the card is of. */
	id: string;
	/** Its place, counted from 1, and how many there are. */
	at: number;
	of: number;
	/** Puts the focus back on the button after the card has moved. */
	moved: (button: string) => void;
}
