// Adds \ce and \pu to the library of formulas. Its published file, which unit tests use, has them.
import 'temml/contrib/mhchem/mhchem.js';
