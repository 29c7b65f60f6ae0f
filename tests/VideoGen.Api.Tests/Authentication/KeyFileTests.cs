using VideoGen.Api.Authentication;

namespace VideoGen.Api.Tests.Authentication;

public sealed class KeyFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly KeyBox _box = new();

    private KeyRing Ring => KeyRing.Parse(_box.File.Read());

    [Fact]
    public void A_key_is_known_again_from_the_file_and_its_secret_is_not_in_it()
    {
        var text = _box.Add("alice", "studio");

        Assert.Equal(("alice", "studio"), Ring.Identify(text, Now) is { } key ? (key.Name, key.Owner) : default);
        Assert.DoesNotContain(text.Split('_', 3)[2], File.ReadAllText(_box.File.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_secret_looks_different_in_every_key()
    {
        var (one, other) = (ApiKey.Make("a", "a", null, Now).Key, ApiKey.Make("b", "b", null, Now).Key);

        Assert.NotEqual(one.Salt, other.Salt);
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Fact]
    public void Nothing_but_the_whole_text_of_a_key_is_that_key()
    {
        var text = _box.Add("alice");
        var other = _box.Add("bob");
        var (id, secret) = ApiKey.Read(text);

        Assert.All(
            [
                "", " ", secret, id, text + "x", text[..^1], "VG" + text[2..], text + "\n", " " + text, "vg__",
                    new string('x', 20_000),
                $"vg_{id}_{ApiKey.Read(other).Secret}", $"vg_{ApiKey.Read(other).Id}_{secret}", $"vg_unknown_{secret}",
                $"vg_000000000000_{secret}",
                $"vg_{id}_{(secret[0] == 'A' ? 'B' : 'A')}{secret[1..]}",
            ],
            wrong => Assert.Null(Ring.Identify(wrong, Now)));
        Assert.NotNull(Ring.Identify(text, Now));
    }

    [Fact]
    public void A_key_holds_until_it_expires_and_not_a_moment_longer()
    {
        var text = _box.Add("alice", expiresAt: Now);

        Assert.NotNull(Ring.Identify(text, Now - TimeSpan.FromTicks(1)));
        Assert.Null(Ring.Identify(text, Now));
    }

    [Fact]
    public void Links_are_signed_with_the_same_secret_whatever_happens_to_keys()
    {
        _box.Add("alice");
        var secret = Ring.LinkSecret;

        _box.Add("bob");
        _box.Revoke("alice");

        Assert.Equal(secret, Ring.LinkSecret);
        Assert.Equal(32, secret.Length);
        Assert.Equal(["bob"], Ring.Keys.Select(key => key.Name));
    }

    [Fact]
    public void Only_its_owner_may_read_the_file()
    {
        _box.Add("alice");
        File.WriteAllText(_box.File.Path + ".new", "left by a command that was killed");
        _box.Add("bob");

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_box.File.Path));
        }
    }

    [Fact]
    public void Two_commands_at_once_lose_no_key()
    {
        _box.Add("alice");

        _box.File.Change(ring =>
        {
            Assert.Throws<IOException>(() => _box.Add("bob"));
            return ring;
        });

        Assert.Equal(["alice"], Ring.Keys.Select(key => key.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"linkSecret":"AAAA","keys":[]}""")]
    [InlineData("""{"linkSecret":"un9Jfo87xs/6+yrJK6+n9ET6yXowHa75xrtI5V7BVQ8=","keys":[null]}""")]
    [InlineData("""{"linkSecret":"un9Jfo87xs/6+yrJK6+n9ET6yXowHa75xrtI5V7BVQ8=","keys":null}""")]
    [InlineData("""{"linkSecret":"un9Jfo87xs/6+yrJK6+n9ET6yXowHa75xrtI5V7BVQ8=","keys":[{"id":"1","name":"a","owner":"a"}]}""")]
    public void What_is_no_key_file_is_never_taken_for_one_without_keys(string json) =>
        Assert.Throws<InvalidDataException>(() => KeyRing.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    public void Dispose() => _box.Dispose();
}
