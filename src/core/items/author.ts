/** An author as others may see them. Masked ones have no id and no name; their own author is told so. */
export interface Author {
	id: string | null;
	name: string;
	image: string | null;
	anonymous: boolean;
	you: boolean;
}
