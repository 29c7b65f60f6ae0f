using VideoGen.Api.EmbeddedStore;

namespace VideoGen.Api.Tests.EmbeddedStore;

public sealed class StoreAddressTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public async Task The_socket_lies_in_the_stores_private_folder()
    {
        using var folder = new StoreFolder();
        await using var store = await folder.OpenAsync();

        var home = Path.Combine(folder.Path, "store");
        Assert.True(File.Exists(Path.Combine(home, "store.sock")));
        Assert.Equal(OwnerOnly, new DirectoryInfo(home).UnixFileMode);
    }

    [Fact]
    public void A_path_too_long_for_a_socket_gets_a_private_place_that_goes_away()
    {
        using var folder = new StoreFolder();
        var deep = Directory.CreateDirectory(Path.Combine(folder.Path, new string('d', 120))).FullName;

        var address = StoreAddress.Choose(deep);
        var place = Path.GetDirectoryName(address.SocketPath)!;

        Assert.NotEqual(deep, place);
        Assert.Equal(OwnerOnly, new DirectoryInfo(place).UnixFileMode);
        address.Dispose();
        Assert.False(Directory.Exists(place));
    }
}
