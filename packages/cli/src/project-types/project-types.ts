import type { LoadedModel } from "@millrace/core/model";

/**
 * What `millrace types` knows of projects, by `<project>/<model>`: the file that it writes adds a member per model (see ModelTypes). Empty
 * until then, and names of columns are any text.
 */
export interface ProjectTypes {}

/** What such a member holds. */
export interface ModelTypes {
  /** Columns of the source, with their types. */
  readonly columns: object;
  /** Names that features give, which later ones may read. */
  readonly features: string;
  /** A row that the model takes. */
  readonly inputs: object;
  /** What it answers. */
  readonly outputs: object;
}

/** What is known of a model of a project. */
export type TypesOf<Project extends string, Model extends string> = `${Project}/${Model}` extends keyof ProjectTypes ? ProjectTypes[`${Project}/${Model}`] : never;

/** The models of a project of which something is known. */
export type KnownModels<Project extends string> = string extends Project ? never : keyof ProjectTypes extends infer Key ? (Key extends `${Project}/${infer Model}` ? Model : never) : never;

/** Names of columns: any text where nothing is known. */
export type ColumnOf<Types> = [Types] extends [never] ? string : Types extends { readonly columns: infer Columns } ? keyof Columns & string : string;

/** Names that a feature may read: columns, and what earlier features give. */
export type FeatureInputOf<Types> = [Types] extends [never] ? string : ColumnOf<Types> | (Types extends { readonly features: infer Name extends string } ? Name : never);

/** The model that a reference such as `delays@champion` names. */
type ModelOfRef<Ref extends string> = Ref extends `${infer Model}@${string}` ? Model : Ref;

type KeysOfModel<Model extends string> = keyof ProjectTypes extends infer Key ? (Key extends `${string}/${Model}` ? Key : never) : never;

type TypesOfRef<Ref extends string> = string extends Ref ? never : ProjectTypes[KeysOfModel<ModelOfRef<Ref>> & keyof ProjectTypes];

/** A loaded model whose rows and answers have the types that `millrace types` wrote; of any rows where it wrote none. */
export type TypedModel<Ref extends string> = [TypesOfRef<Ref>] extends [never]
  ? LoadedModel
  : TypesOfRef<Ref> extends { readonly inputs: infer Inputs; readonly outputs: infer Outputs }
    ? Omit<LoadedModel, "predict"> & {
        /** One answer per row, in order; every input in every row, null where it is not known. */
        predict(rows: readonly Inputs[]): Promise<Outputs[]>;
      }
    : LoadedModel;
