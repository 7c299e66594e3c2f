// Holds an H5P package against the rules that an H5P server has for what is uploaded, and prints what it found as JSON.
import { H5PConfig } from "@lumieducation/h5p-server";
import validator from "@lumieducation/h5p-server/build/src/PackageValidator.js";

const [, , archive, folder] = process.argv;
const PackageValidator = validator.default ?? validator;
try {
  const rules = new PackageValidator(new H5PConfig(), undefined);
  await rules.validateFileSizes(archive);
  const found = await rules.validateExtractedPackage(folder, true, false);
  process.stdout.write(JSON.stringify({ valid: true, found: found ?? null }));
} catch (error) {
  const errors = (error.getErrors?.() ?? [error]).map((one) => `${one.errorId ?? ""} ${one.message}`);
  process.stdout.write(JSON.stringify({ valid: false, errors }));
}
