export { perform } from "./perform";
