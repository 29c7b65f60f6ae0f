using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VideoGen.Api.Authentication;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Media;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

public sealed class MediaLinkTests : IDisposable
{
    private readonly KeyBox _box = new();

    [Fact]
    public async Task A_signed_link_needs_no_key_and_its_bare_address_one_of_the_owner()
    {
        var key = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var alice = api.ClientWith(key);
        using var bob = api.ClientWith(_box.Add("bob"));
        api.Keys.Reload();
        var link = await alice.UploadAsync();
        var bare = link.Split('?')[0];

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(api.Client, link));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(alice, bare));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(bob, link));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(api.Client, bare));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(bob, bare));
        using var answer = await api.Client.GetAsync(link);
        Assert.True(answer.Headers.CacheControl!.Private);
        Assert.Contains(MediaOwner.TagOf("alice"), bare, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_was_changed_leads_nowhere()
    {
        var key = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var alice = api.ClientWith(key);
        var (link, other) = (await alice.UploadAsync(), await alice.UploadAsync());
        var (path, query) = (link.Split('?')[0], link.Split('?')[1]);
        var (expires, signature) = (query.Split('&')[0], query.Split('&')[1]);
        var later = "expires=" + (long.Parse(expires.Split('=')[1]) + 3600);
        var flipped = signature[..^2] + (signature[^2] == 'A' ? 'B' : 'A') + signature[^1];

        string[] wrong =
        [
            $"{other.Split('?')[0]}?{query}", $"{path}?{later}&{signature}", $"{path}?{expires}&{flipped}", $"{path}?{expires}",
            $"{path}?{signature}", $"{path}?{query}&{signature}", $"{path}?{query}&{expires}", $"{path}?{expires}&signature=",
            $"{path}?{expires}&signature=%00", $"{path}?expires=-1&{signature}",
                $"{path}?expires=99999999999999999999&{signature}",
        ];

        foreach (var address in wrong)
        {
            Assert.Equal((address, HttpStatusCode.NotFound), (address, await StatusAsync(api.Client, address)));
        }
    }

    [Fact]
    public async Task An_answer_names_signed_addresses_that_an_order_takes_back()
    {
        var key = _box.Add("alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var alice = api.ClientWith(key);
        var id = Orders.NewId();
        var done = Snapshots.Completed(id);
        api.Cluster.Put(done with { Request = done.Request with { Owner = "alice" } });

        var film = await (await alice.GetAsync("/generation/" + id)).JsonAsync();
        var order = await (await alice.GenerateAsync()).JsonAsync();

        string[] links =
            [film.Text("videoUrl"), film.Text("posterUrl"), film.Text("characterImageUrl"), order.Text("characterImageUrl")];
        foreach (var link in links)
        {
            Assert.Matches(@"^/(videos|uploads)/[a-z0-9_.-]+\?expires=\d+&signature=[A-Za-z0-9_-]{43}$", link);
        }

        using var again = await alice.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{order.Text("characterImageUrl")}}","script":"Once more."}""");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.DoesNotContain(api.Cluster.Requests, request => request.CharacterImage.Contains('?'));
    }

    [Fact]
    public void A_link_stays_the_same_for_an_hour_and_holds_as_long_as_it_says()
    {
        _box.Add("alice");
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        using var services = _box.Services(time);
        var links = services.GetRequiredService<MediaLinks>();
        var link = links.To("/videos/1_0123456789abcdef.mp4");

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(link, links.To("/videos/1_0123456789abcdef.mp4"));
        Assert.True(Admits(links, link));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotEqual(link, links.To("/videos/1_0123456789abcdef.mp4"));

        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromTicks(1));
        Assert.True(Admits(links, link));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.False(Admits(links, link));
    }

    [Theory]
    [InlineData("public", "character_0123456789abcdef0123456789abcdef.jpg", true)]
    [InlineData("public", "05e89eab-31ce-4089-aafe-9bed98bb1e6d.mp4", true)]
    [InlineData("alice", "05e89eab-31ce-4089-aafe-9bed98bb1e6d.mp4", false)]
    [InlineData("", "05e89eab-31ce-4089-aafe-9bed98bb1e6d.mp4", false)]
    [InlineData("", "1_e3b0c44298fc1c14.mp4", false)]
    public void A_name_tells_whose_file_it_is(string owner, string name, bool isOwn)
    {
        Assert.Equal(isOwn, MediaOwner.Owns(owner, name));
        Assert.True(MediaOwner.Owns("alice", MediaName.NewCharacter("alice")));
        Assert.False(MediaOwner.Owns("bob", MediaName.NewCharacter("alice")));
        Assert.False(MediaOwner.Owns("public", MediaName.NewCharacter("alice")));
        Assert.True(MediaName.IsWellFormed(MediaName.NewCharacter("alice")));
    }

    private static bool Admits(MediaLinks links, string link)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Features.Set(Caller.Nobody);
        (context.Request.Path, context.Request.QueryString) = (link.Split('?')[0], new("?" + link.Split('?')[1]));
        return links.Admit(context, link.Split('?')[0].Split('/')[^1]);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }

    public void Dispose() => _box.Dispose();
}
