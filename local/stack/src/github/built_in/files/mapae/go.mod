module github.com/jiwoo-han/mapae

go 1.23

require (
	github.com/redis/go-redis/v9 v9.5.3
	golang.org/x/sync v0.7.0
)
