mod night;
