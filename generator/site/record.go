package site

import "broadsheet/generator/manifest"

// Record is what the last build wrote into the output folder dir of the site whose state folder is given; nothing where
// none did.
func Record(dir, state string) (manifest.Manifest, error) {
	real, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	name, err := prefix(real, state)
	if err != nil {
		return nil, err
	}
	o := &output{prefix: name}
	if o.old, err = manifest.ReadFile(name + ".manifest"); err != nil {
		return nil, err
	}
	err = o.readAmended()
	return o.old, err
}
