/** Who saved what is there now, and when. */
export interface Version {
  readonly number: number;
  readonly createdAt: string;
  readonly authorId: string;
  readonly message: string;
}
